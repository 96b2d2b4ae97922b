// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;

/** A request that waits for its answer. Thread-safe. */
final class PendingReply {
    private final String address;
    private final Carrier request;
    private volatile boolean stale;
    private volatile boolean unauthenticatedFailure;

    /** @param address where its answer arrives */
    PendingReply(String address, Carrier request) {
        this.address = address;
        this.request = request;
    }

    /** Where its answer arrives. */
    String address() {
        return address;
    }

    /** True when its answer arrives at this address. */
    boolean isAt(String address) {
        return this.address.equals(address);
    }

    /** True when nobody waits for it any more. */
    boolean isOver() {
        return request.isOver();
    }

    /** The session that the answer must be sealed under. */
    Session session() {
        return request.session();
    }

    /** Ends the wait of a request whose session has ended: no answer could be opened any more. */
    void failIfEnded() {
        DenialReason ended = session().ended();
        if (ended != null && !needsNoKey(ended)) {
            request.deny(ended);
        }
    }

    /** Keys that were replaced under way are no reason to give up on a handler of this JVM: its answer is never sealed. */
    private boolean needsNoKey(DenialReason ended) {
        return ended == DenialReason.STALE_EPOCH && request.isTaken();
    }

    /**
     * Ends the wait of a request whose session has ended, save for one that has become stale.
     *
     * @param later called for the first time that it has become stale
     */
    void failIfEnded(Runnable later) {
        if (session().ended() != DenialReason.STALE_EPOCH) {
            failIfEnded();
        } else if (becomesStale()) {
            later.run();
        }
    }

    private synchronized boolean becomesStale() {
        boolean first = !stale;
        stale = true;
        return first;
    }

    /** Notes a failure that nobody vouches for; true for the first. */
    synchronized boolean noteUnauthenticatedFailure() {
        boolean first = !unauthenticatedFailure;
        unauthenticatedFailure = true;
        return first;
    }

    /** Notes that an authentic answer has come, be it a failure. */
    void answered() {
        request.noteAnswered();
    }

    /** True when a failure of the request is one that nobody vouches for. */
    boolean failedUnauthenticated() {
        return unauthenticatedFailure && !request.isAnswered();
    }
}
