// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

/** How a message of a caller stands, as a byte of its ledger. */
enum Outcome {
    /** Never sent. */
    NONE,
    /** Sent; of a request, not answered yet, and never if its caller died. */
    SENT,
    /** Answered by a handler. */
    ANSWERED,
    /** A request that ended without an answer. */
    FAILED,
    /** Refused with a reason before any handler ran, here or at the receiver. */
    REFUSED;

    byte code() {
        return (byte) ordinal();
    }
}
