// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/**
 * Plaintext messages that passed at one address because its mode is {@code observe} or {@code permissive}.
 *
 * @param address where they went
 * @param flow which way
 * @param service the service that sent or received them through its secure bus; empty for code that used the plain bus
 * @param messages how many
 */
public record Observation(String address, Flow flow, String service, long messages) {

    /** Which way messages went. */
    public enum Flow {
        /** They were sent. */
        SENT,
        /** A consumer got them. */
        RECEIVED
    }

    /** The same observation of other messages. */
    public Observation withMessages(long others) {
        return new Observation(address, flow, service, others);
    }
}
