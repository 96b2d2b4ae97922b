// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.registration.RegistrationKind;
import java.time.Instant;

/**
 * A question that was refused.
 *
 * @param at when
 * @param kind what was asked
 * @param service who the asker said it was, which may be a lie; empty when policy knows no such service
 * @param reason why
 * @param detail for people; repeats nothing of the question
 */
public record Refused(Instant at, RegistrationKind kind, String service, DenialReason reason, String detail) {}
