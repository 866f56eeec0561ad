package io.vaxel.control.rooms;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a participant is to be.
 *
 * @param role Attendee when left out
 */
record ParticipantProperties(
    @Schema(allowableValues = {"Presenter", "Collaborator", "Attendee", "Consumer"})
        @Nullable String role) {}
