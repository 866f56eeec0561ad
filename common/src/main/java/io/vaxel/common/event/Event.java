package io.vaxel.common.event;

import java.util.UUID;

/**
 * Something that happened.
 *
 * @param resourceId whose it is
 * @param type such as {@code Microsoft.Communication.SMSReceived}
 * @param subject what it happened to, such as {@code /phonenumber/15555555555}
 * @param data its facts, written as JSON by Jackson
 * @see <a href="https://learn.microsoft.com/azure/event-grid/communication-services-event">the
 *     events of ACS</a>
 */
public record Event(UUID resourceId, String type, String subject, Object data) {}
