// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.eventbus.Bound;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses failed of late, as the requests of this JVM saw it. Thread-safe.
 *
 * <p>An address that failed is avoided for a time, then tried by one request; all others go on avoiding it until that one has
 * succeeded. So an address that is down costs one request now and then, and one that wavers does not pull all traffic to and fro.
 * Only addresses of operations that have backups come here, and only those in trouble are remembered.
 */
final class AddressHealth {
    /** Beyond it the one that was longest unused counts as in order, and is found to be down once more. */
    static final int MAX_ADDRESSES = 4096;

    private final LongSupplier clock;
    private final Cache<String, AddressState> states;
    private final ConcurrentMap<String, AddressState> failed;

    /** @param clock milliseconds */
    AddressHealth(LongSupplier clock, Bounds bounds) {
        this.clock = clock;
        this.states = Caffeine.newBuilder()
                .maximumSize(MAX_ADDRESSES)
                .executor(Runnable::run)
                .evictionListener((address, state, cause) -> bounds.hit(Bound.FAILED_ADDRESSES))
                .build();
        this.failed = states.asMap();
    }

    /**
     * The address that a request goes to: the first that is in order or due to be tried again, else the first of all. If it was
     * due, no other request gets it until this one tells what became of it, by one of the three methods below.
     *
     * @param untried one at least, in order of preference
     */
    String choose(List<String> untried) {
        return untried.stream().filter(this::mayTry).findFirst().orElse(untried.get(0));
    }

    /** The address that a message without an answer goes to; it proves nothing of an address, and so tries none. */
    String chooseOneWay(List<String> untried) {
        return untried.stream().filter(this::isOpen).findFirst().orElse(untried.get(0));
    }

    private boolean mayTry(String address) {
        AddressState state = failed.get(address);
        return state == null || (state.isDue(clock.getAsLong()) && failed.replace(address, state, state.probed()));
    }

    private boolean isOpen(String address) {
        AddressState state = failed.get(address);
        return state == null || (!state.silent() && state.isDue(clock.getAsLong()));
    }

    /** Somebody answered there. */
    void answered(String address) {
        failed.remove(address);
    }

    /** Nobody answered there: in time, or, unless silent, since nobody was there. */
    void failed(String address, boolean silent) {
        failed.compute(address, (key, before) -> AddressState.failed(before, clock.getAsLong(), silent));
    }

    /** What became of a request says nothing of its address. An address that was being tried has not come back yet. */
    void unknown(String address) {
        failed.computeIfPresent(
                address,
                (key, before) ->
                        before.probing() ? AddressState.failed(before, clock.getAsLong(), before.silent()) : before);
    }

    /** A message without an answer has found somebody there, who need not be one that answers. */
    void found(String address) {
        failed.computeIfPresent(address, (key, before) -> before.silent() ? before : null);
    }

    /** How it stands, or null when it is in order. */
    @Nullable
    AddressState state(String address) {
        return failed.get(address);
    }

    /** Addresses that are remembered. */
    long size() {
        states.cleanUp();
        return states.estimatedSize();
    }
}
