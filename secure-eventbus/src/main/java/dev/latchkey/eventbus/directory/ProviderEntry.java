// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import dev.latchkey.eventbus.registration.NodeAddress;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the directory says of one instance.
 *
 * <p>An instance's name is never given twice, so its end is final; a lease only gets longer. So entries of one instance merge to the same,
 * in whatever order they arrive and however often: nobody's clock and no order of messages matters.
 *
 * @param instance its name
 * @param service its service; empty when it ended
 * @param node where it runs; null when it did not tell, or ended
 * @param until when its lease ends, milliseconds since 1970
 * @param ended true when the lease was ended before its time
 */
public record ProviderEntry(
        String instance, String service, @Nullable NodeAddress node, long until, boolean ended) {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}");
    private static final int MAX_SERVICE = 63;
    private static final Comparator<ProviderEntry> LATER = Comparator.comparingLong(ProviderEntry::until)
            .thenComparing(entry -> String.valueOf(entry.node()))
            .thenComparing(ProviderEntry::service);

    /** Refuses what no instance is called. */
    public ProviderEntry {
        if (!NAME.matcher(instance).matches() || service.length() > MAX_SERVICE || service.isEmpty() != ended) {
            throw new IllegalArgumentException("that is no entry of a directory");
        }
    }

    /** One that lives. */
    public static ProviderEntry living(String instance, String service, @Nullable NodeAddress node, long until) {
        return new ProviderEntry(instance, service, node, until, false);
    }

    /** What stays of one that ended, until its lease would have. */
    public static ProviderEntry ended(String instance, long until) {
        return new ProviderEntry(instance, "", null, until, true);
    }

    /** What both together say. */
    ProviderEntry merge(ProviderEntry other) {
        if (ended || other.ended) {
            return ended(instance, Math.max(until, other.until));
        }
        return LATER.compare(this, other) >= 0 ? this : other;
    }
}
