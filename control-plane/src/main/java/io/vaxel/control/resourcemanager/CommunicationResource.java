package io.vaxel.control.resourcemanager;

import java.util.UUID;

/**
 * A communication resource: the tenant that keys and users belong to.
 *
 * @param id never changes; part of the ids of its users
 * @param name what the operator calls it
 * @param region where its users are, such as {@code amer}
 * @param location where its data is kept, such as {@code unitedstates}
 */
public record CommunicationResource(UUID id, String name, String region, String location) {}
