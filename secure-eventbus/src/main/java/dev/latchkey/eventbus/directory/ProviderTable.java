// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The providers of one operation, as far as they are known here. Bounded, in a way that gives all who know the same entries the same
 * table: of those that live, the ones whose names come first are kept; of those that ended, the ones whose leases go on longest.
 * Thread-safe.
 */
public final class ProviderTable {
    /** Living instances of one operation that are kept. */
    public static final int MAX_LIVING = 4096;

    /** Instances that ended, and whose leases have not yet. */
    public static final int MAX_ENDED = 8192;

    private static final Comparator<ProviderEntry> BY_END =
            Comparator.comparingLong(ProviderEntry::until).thenComparing(ProviderEntry::instance);

    private final Runnable full;
    private final NavigableMap<String, ProviderEntry> living = new TreeMap<>();
    private final NavigableMap<String, ProviderEntry> ended = new TreeMap<>();

    /** No entry ends before: until then nothing is looked through for what has ended, as each join of a provider would have it done. */
    private long firstEnd = Long.MAX_VALUE;

    /** @param full told when something was not kept */
    public ProviderTable(Runnable full) {
        this.full = full;
    }

    /** Takes in what is told; true when the table is another one now. */
    public synchronized boolean merge(Collection<ProviderEntry> told, long now) {
        boolean changed = forget(now);
        for (ProviderEntry entry : told) {
            changed |= entry.until() > now && merge(entry);
        }
        return changed;
    }

    private boolean merge(ProviderEntry entry) {
        String name = entry.instance();
        ProviderEntry before = ended.getOrDefault(name, living.get(name));
        ProviderEntry merged = before == null ? entry : before.merge(entry);
        if (merged.equals(before)) {
            return false;
        }
        keep(merged);
        return true;
    }

    private void keep(ProviderEntry entry) {
        firstEnd = Math.min(firstEnd, entry.until());
        if (entry.ended()) {
            living.remove(entry.instance());
            ended.put(entry.instance(), entry);
            if (ended.size() > MAX_ENDED) {
                ended.values().remove(ended.values().stream().min(BY_END).orElseThrow());
                full.run();
            }
        } else {
            living.put(entry.instance(), entry);
            if (living.size() > MAX_LIVING) {
                living.pollLastEntry();
                full.run();
            }
        }
    }

    private boolean forget(long now) {
        if (now < firstEnd) {
            return false;
        }
        boolean changed = living.values().removeIf(entry -> entry.until() <= now);
        changed |= ended.values().removeIf(entry -> entry.until() <= now);
        firstEnd = Math.min(firstEnd(living), firstEnd(ended));
        return changed;
    }

    private static long firstEnd(Map<String, ProviderEntry> entries) {
        return entries.values().stream().mapToLong(ProviderEntry::until).min().orElse(Long.MAX_VALUE);
    }

    /** Those that live, by name. A snapshot. */
    public synchronized List<ProviderEntry> living(long now) {
        return living.values().stream().filter(entry -> entry.until() > now).toList();
    }

    /** All that is known, so that another table becomes the same. A snapshot. */
    public synchronized List<ProviderEntry> all(long now) {
        return Stream.concat(living.values().stream(), ended.values().stream())
                .filter(entry -> entry.until() > now)
                .toList();
    }

    /** When the first of those that live ends, milliseconds since 1970; {@link Long#MAX_VALUE} when none does. */
    public synchronized long nextEnd() {
        return firstEnd(living);
    }
}
