// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.eventbus.registration.DirectoryKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A member's keys of directories: which it has, which are too old, and that those before them are erased. */
class DirectoryBoxesTest {
    private static final long ASKED = 7;

    private final DirectoryKey third = key("resize", 3);
    private final DirectoryKey fifth = key("resize", 5);
    private final DirectoryBoxes boxes = DirectoryBoxes.none().replacedBy(List.of(third, fifth, key("scale", 4)));

    private static DirectoryKey key(String operation, long epoch) {
        return new DirectoryKey(operation, epoch, SecretBytes.random(DirectoryKey.LENGTH));
    }

    /** True when a box is that of a key. */
    private static boolean isOf(@Nullable DirectoryBox box, DirectoryKey key) throws OpenFailedException {
        DirectoryBox same = new DirectoryBox(key.operation(), key.epoch(), key.secret());
        return same.openQuestion(requireNonNull(box).question(ASKED)) == ASKED;
    }

    @Test
    void of_anEpochThatItHas_isItsBox() throws OpenFailedException {
        assertThat(isOf(boxes.of("resize", 3), third)).isTrue();
        assertThat(isOf(boxes.of("resize", 5), fifth)).isTrue();
    }

    @Test
    void of_anotherEpochOrOperation_isNone() {
        assertThat(boxes.of("resize", 4)).isNull();
        assertThat(boxes.of("crop", 3)).isNull();
    }

    @Test
    void newest_isThatOfTheHighestEpoch() throws OpenFailedException {
        assertThat(isOf(boxes.newest("resize"), fifth)).isTrue();
        assertThat(boxes.newest("crop")).isNull();
    }

    @Test
    void isBehind_onlyWhereAllItsKeysAreOlder() {
        assertThat(boxes.isBehind("resize", 6)).isTrue();
        assertThat(boxes.isBehind("resize", 5)).isFalse();
        assertThat(boxes.isBehind("resize", 4)).isFalse();
        assertThat(boxes.isBehind("crop", 6)).isFalse();
    }

    @Test
    void replacedBy_erasesThoseBefore_andLeavesTheKeysToTheAnswer() throws OpenFailedException {
        DirectoryBox before = requireNonNull(boxes.of("resize", 5));
        DirectoryBoxes after = boxes.replacedBy(List.of(fifth));
        assertErased(before);
        assertThat(isOf(after.newest("resize"), fifth)).isTrue();
        assertThat(after.of("resize", 3)).isNull();
        assertThat(fifth.secret().isErased()).isFalse();
    }

    @Test
    void close_erasesAll() {
        List<DirectoryBox> all = List.of(
                requireNonNull(boxes.of("resize", 3)),
                requireNonNull(boxes.of("resize", 5)),
                requireNonNull(boxes.of("scale", 4)));
        boxes.close();
        all.forEach(DirectoryBoxesTest::assertErased);
    }

    private static void assertErased(DirectoryBox box) {
        assertThatIllegalStateException().isThrownBy(() -> box.question(ASKED));
    }
}
