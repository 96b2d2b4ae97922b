// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All operations of a trust domain, to be asked which of them an address belongs to: at most one. Immutable and safe
 * for any thread; a change of policy makes a new book.
 */
public final class AddressBook {

    /*
     * Exact addresses are one look into a hash map. Only what is left is matched against the patterns, one after the
     * other; as programs use few addresses, each of them very often, the outcome is remembered, a miss too. The memory
     * is bounded in entries and, since longer addresses are never remembered, in characters: addresses that carry an
     * id or come from an attacker cost scans, not heap.
     */
    static final int CACHE_ENTRIES = 4096;

    private static final AddressBook EMPTY = of(List.of());

    private final Mode unlisted;
    private final Map<String, Operation> byName;
    private final Map<String, Operation> byAddress;
    private final List<Claim> patterns;
    private final Cache<String, Optional<Operation>> found = Caffeine.newBuilder()
            .maximumSize(CACHE_ENTRIES)
            .executor(Runnable::run) // eviction is too small a task to wake another thread
            .build();

    /** What was found last, as one address is mostly asked for again. Whichever thread wrote it last, as it is immutable. */
    private @Nullable Located last;

    /** An address that is an operation's own, as it stands there. */
    private record Located(String address, Operation operation) {}

    private AddressBook(Claims claims, Mode unlisted) {
        this.unlisted = unlisted;
        this.byName = claims.byName();
        this.byAddress = claims.byAddress();
        this.patterns = List.copyOf(claims.patterns());
    }

    /**
     * Makes a book.
     *
     * @param operations in any order, which {@link #operations} keeps
     * @return the book
     * @throws IllegalArgumentException if two operations have one name, or if one address would belong to both; its
     *     message is {@code <problem>; <fix>}
     */
    public static AddressBook of(Collection<Operation> operations) {
        return of(operations, Mode.OFF);
    }

    /**
     * Makes a book that also says what becomes of addresses that belong to no operation.
     *
     * @param operations in any order, which {@link #operations} keeps
     * @param unlisted the mode of all other addresses: {@link Mode#OFF} or {@link Mode#OBSERVE}
     * @return the book
     * @throws IllegalArgumentException as {@link #of(Collection)} does, and for another mode
     */
    public static AddressBook of(Collection<Operation> operations, Mode unlisted) {
        if (unlisted.seals()) {
            throw new IllegalArgumentException("addresses without an operation cannot be " + unlisted
                    + "; write off or observe, or make them an operation's");
        }
        return new AddressBook(Claims.of(operations), unlisted);
    }

    /**
     * The book of a trust domain without operations, in which no address is secured.
     *
     * @return the empty book
     */
    public static AddressBook empty() {
        return EMPTY;
    }

    /**
     * Finds the operation that an address belongs to.
     *
     * @param address any text
     * @return the operation, or null if policy does not know the address
     */
    public @Nullable Operation operationAt(String address) {
        Operation exact = exactlyAt(address);
        // Each answer has an address of its own: they must not push out of the memory what is worth remembering.
        boolean decided = exact != null || patterns.isEmpty() || AddressSyntax.isReserved(address);
        return decided ? exact : recall(address).orElse(null);
    }

    private @Nullable Operation exactlyAt(String address) {
        Located known = last;
        if (known != null && known.address().equals(address)) {
            return known.operation();
        }
        Operation exact = byAddress.get(address);
        if (exact != null) {
            last = new Located(address, exact);
        }
        return exact;
    }

    /**
     * Says how far policy is enforced at an address.
     *
     * @param address any text
     * @return the mode; always {@link Mode#OFF} for the addresses of Vert.x and Latchkey themselves
     */
    public Mode modeAt(String address) {
        return modeOf(operationAt(address), address);
    }

    /**
     * Says how far policy is enforced at an address whose operation was found already.
     *
     * @param operation what {@link #operationAt} said of the address
     * @param address any text
     * @return as {@link #modeAt}
     */
    public Mode modeOf(@Nullable Operation operation, String address) {
        if (operation != null) {
            return operation.modes().at(address);
        }
        return AddressSyntax.isReserved(address) ? Mode.OFF : unlisted;
    }

    /**
     * Finds an operation by its name.
     *
     * @param name such as {@code process_image}
     * @return the operation, or null if there is none
     */
    public @Nullable Operation named(String name) {
        return byName.get(name);
    }

    /**
     * All operations, in the order they were given.
     *
     * @return an unmodifiable view
     */
    public Collection<Operation> operations() {
        return Collections.unmodifiableCollection(byName.values());
    }

    private Optional<Operation> recall(String address) {
        return address.length() > AddressPattern.MAX_LENGTH ? scan(address) : found.get(address, this::scan);
    }

    private Optional<Operation> scan(String address) {
        for (Claim claim : patterns) {
            if (claim.pattern().matches(address)) {
                return Optional.of(claim.operation());
            }
        }
        return Optional.empty();
    }

    /** How many outcomes are remembered, after pending evictions. */
    long remembered() {
        found.cleanUp();
        return found.estimatedSize();
    }
}
