// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptualHashTest {

    @ParameterizedTest
    @ValueSource(doubles = {-14, 6, 14, 25})
    void of_changedBrightness_isClose(double by) {
        for (int seed = 0; seed < 12; seed++) {
            Bitmap scene = TestImages.scene(seed);
            assertThat(distance(scene, scene.brighter(by))).as("seed %d", seed).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void of_otherSize_isClose() {
        for (int seed = 0; seed < 12; seed++) {
            Bitmap scene = TestImages.scene(seed);
            assertThat(distance(scene, AreaScaler.fit(scene, 150))).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void of_unrelatedScenes_isFar() {
        List<Long> hashes = LongStream.range(0, 40)
                .mapToObj(seed -> PerceptualHash.of(TestImages.scene(seed)))
                .toList();
        for (int i = 0; i < hashes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(PerceptualHash.distance(hashes.get(i), hashes.get(j)))
                        .as("%d and %d", i, j)
                        .isGreaterThan(8);
            }
        }
    }

    @Test
    void of_knownSteps_givesKnownBits() {
        int[] rising = new int[9 * 8];
        Arrays.setAll(rising, i -> i / 9 < 4 ? 0x101010 * (i % 9) : 0x101010 * (9 - i % 9));

        assertThat(PerceptualHash.of(new Bitmap(9, 8, rising))).isEqualTo(0xFFFFFFFF_00000000L);
    }

    @Test
    void of_blank_isNothing() {
        assertThat(PerceptualHash.of(TestImages.plain(333, 77, 0xABCDEF))).isEqualTo(PerceptualHash.NOTHING);
    }

    @Test
    void hex_roundTrips() {
        assertThat(PerceptualHash.toHex(0x0123456789ABCDEFL)).isEqualTo("0123456789abcdef");
        assertThat(PerceptualHash.ofHex(PerceptualHash.toHex(-1))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "0123456789abcdeg", "0123456789abcdef0", "+123456789abcdef"})
    void ofHex_noHash_isRefused(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> PerceptualHash.ofHex(hex));
    }

    private static int distance(Bitmap a, Bitmap b) {
        return PerceptualHash.distance(PerceptualHash.of(a), PerceptualHash.of(b));
    }
}
