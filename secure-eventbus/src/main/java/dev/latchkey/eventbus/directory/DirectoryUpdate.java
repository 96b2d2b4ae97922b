// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import java.util.List;
import java.util.Map;

/**
 * What an orchestrator tells of an operation's providers: a change, or all that it knows.
 *
 * @param publisher which orchestrator, by the name that it drew when it started
 * @param number of its last change of this operation
 * @param sentAt milliseconds since 1970
 * @param whole by publisher, the number up to which the entries hold all changes; empty for a change
 * @param entries what changed, or all; none when only the number is told
 */
public record DirectoryUpdate(
        String publisher, long number, long sentAt, Map<String, Long> whole, List<ProviderEntry> entries) {
    private static final int MAX_PUBLISHER = 32;

    /** Copies the collections, and refuses what no orchestrator tells. */
    public DirectoryUpdate {
        whole = Map.copyOf(whole);
        entries = List.copyOf(entries);
        if (publisher.isEmpty()
                || publisher.length() > MAX_PUBLISHER
                || number < 0
                || whole.size() > Progress.MAX_PUBLISHERS
                || entries.size() > ProviderTable.MAX_LIVING + ProviderTable.MAX_ENDED) {
            throw new IllegalArgumentException("that is no update of a directory");
        }
    }

    /** True when it tells all. */
    public boolean isWhole() {
        return !whole.isEmpty();
    }
}
