// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import org.jspecify.annotations.Nullable;

/**
 * Why Latchkey refused a message or a registration.
 *
 * <p>The codes are stable: they cross the wire as {@link io.vertx.core.eventbus.ReplyException#failureCode()} and may be
 * matched on. They tell the sender which rule it met, and nothing that helps to get around it.
 */
public enum DenialReason {
    /** Policy does not let this service invoke the operation. */
    NOT_INVITED(-7001, "policy does not let this service invoke the operation"),
    /** The token is valid, but for another operation than the address belongs to. */
    OUT_OF_SCOPE(-7002, "the token does not cover this address"),
    /** The token's time has passed and could not be renewed. */
    EXPIRED(-7003, "the token has expired"),
    /** The token's time has not come yet. */
    NOT_YET_VALID(-7004, "the token is not valid yet"),
    /** The token was made with a provider key that its provider does not hold any more, or not yet. */
    STALE_EPOCH(-7005, "the token was made with a provider key that is not in use"),
    /** This very message was seen before. */
    REPLAYED(-7006, "the message was seen before"),
    /** The message was sent too long ago, or in the future. */
    STALE_MESSAGE(-7007, "the message's send time is outside of the accepted window"),
    /** The message does not open under the key that its token names. */
    TAMPERED(-7008, "the message does not open under its token's key"),
    /** A plaintext message on a secured address. */
    PLAINTEXT(-7009, "the address is secured and the message is not sealed"),
    /** The bytes are no sealed message. */
    MALFORMED(-7010, "the frame cannot be read"),
    /** The message names a token that nobody presented. */
    UNKNOWN_TOKEN(-7011, "the token is not known"),
    /** The token is not signed by the trust domain's orchestrators, or does not hold what it must. */
    BAD_TOKEN(-7012, "the token is not acceptable"),
    /** No instance in the receiving JVM provides the operation. */
    NOT_A_PROVIDER(-7013, "no instance here provides the operation"),
    /** A bound was reached; nothing is wrong with the message. */
    OVERLOADED(-7014, "a bound of the receiver was reached"),
    /** The body could not be read by the codec that it names. */
    UNREADABLE_BODY(-7015, "the body cannot be read by its codec"),
    /** The body could not be written by its codec, so nothing was sent. */
    UNWRITABLE_BODY(-7016, "the body cannot be written by its codec"),
    /** The instance has left the bus. */
    LEFT(-7017, "the instance has left"),
    /** A failure arrived that nobody vouches for; the true answer did not come in time. */
    UNAUTHENTICATED_FAILURE(-7018, "a failure arrived that is not authenticated"),
    /** The credential is missing, not signed by a trusted issuer, expired, or for another service. */
    BAD_CREDENTIAL(-7019, "the credential is not acceptable"),
    /** Policy does not know the service. */
    UNKNOWN_SERVICE(-7020, "policy does not know the service"),
    /** Policy does not let the service declare one of the operations. */
    NOT_ALLOWED(-7021, "policy does not let the service declare the operation"),
    /** The lease has ended, or never was. */
    UNKNOWN_LEASE(-7022, "the lease has ended"),
    /** The registration cannot be read, or is too old, or was seen before. */
    BAD_REGISTRATION(-7023, "the registration is not acceptable"),
    /** The orchestrator could not reach its state. */
    UNAVAILABLE(-7024, "the orchestrator cannot serve now"),
    /** The instance, or its whole service, was revoked. */
    REVOKED(-7025, "the instance was revoked"),
    /** It could not be settled in time whether the message had arrived elsewhere before, so it was not delivered. */
    UNCONFIRMED(-7026, "whether the message is a replay could not be settled"),
    /** The instance, or the credential that it registers with, was quarantined since it broke the rules too often. */
    QUARANTINED(-7027, "the instance or its credential is quarantined");

    private final int code;
    private final String text;

    DenialReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The stable failure code that crosses the wire. */
    public int code() {
        return code;
    }

    /** One line for people. */
    public String text() {
        return text;
    }

    /** The reason with this code, or null when the code is not one of Latchkey's. */
    public static @Nullable DenialReason ofCode(int code) {
        for (DenialReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return null;
    }
}
