// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.eventbus.registration.DirectoryKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a member may open of directories.
 *
 * @param boxes by operation and epoch
 */
record DirectoryBoxes(Map<String, NavigableMap<Long, DirectoryBox>> boxes) implements AutoCloseable {
    static DirectoryBoxes none() {
        return new DirectoryBoxes(Map.of());
    }

    /** The boxes after an answer; those before it are erased. The keys stay the answer's. */
    DirectoryBoxes replacedBy(List<DirectoryKey> keys) {
        Map<String, NavigableMap<Long, DirectoryBox>> fresh = new HashMap<>();
        keys.forEach(key -> fresh.computeIfAbsent(key.operation(), first -> new TreeMap<>())
                .put(key.epoch(), new DirectoryBox(key.operation(), key.epoch(), key.secret())));
        close();
        return new DirectoryBoxes(fresh);
    }

    @Nullable
    DirectoryBox of(String operation, long epoch) {
        NavigableMap<Long, DirectoryBox> epochs = boxes.get(operation);
        return epochs == null ? null : epochs.get(epoch);
    }

    @Nullable
    DirectoryBox newest(String operation) {
        NavigableMap<Long, DirectoryBox> epochs = boxes.get(operation);
        return epochs == null ? null : epochs.lastEntry().getValue();
    }

    /** True when it has keys of the operation, all of them older. */
    boolean isBehind(String operation, long epoch) {
        NavigableMap<Long, DirectoryBox> epochs = boxes.get(operation);
        return epochs != null && epochs.lastKey() < epoch;
    }

    /** Erases all keys. */
    @Override
    public void close() {
        boxes.values().forEach(epochs -> epochs.values().forEach(DirectoryBox::close));
    }
}
