// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

/**
 * What lets a provider re-derive and check a caller's keys.
 *
 * @param ticket the call seed, sealed to the operation's provider key
 * @param authenticationMac proves that the ticket holds the call seed that the orchestrator derived
 * @param scopeMac binds the grant to the authorisation key
 */
@SuppressWarnings("ArrayRecordComponent") // Proofs are checked, never compared.
public record TokenProof(byte[] ticket, byte[] authenticationMac, byte[] scopeMac) {
    /** Shows sizes only. */
    @Override
    public String toString() {
        return "TokenProof[ticket of " + ticket.length + " bytes]";
    }
}
