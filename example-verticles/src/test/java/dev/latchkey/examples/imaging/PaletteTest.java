// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaletteTest {

    @Test
    void of_onePlainColour_isThatColour() {
        assertThat(Palette.of(TestImages.plain(10, 10, 0x1234AB))).containsExactly(new DominantColour("#1234ab", 1));
    }

    @Test
    void of_threeColours_findsThemWithTheirShares() {
        int[] pixels = new int[1000];
        Arrays.fill(pixels, 0, 700, 0xFF0000);
        Arrays.fill(pixels, 700, 900, 0x00FF00);
        Arrays.fill(pixels, 900, 1000, 0x0000FF);

        assertThat(Palette.of(new Bitmap(100, 10, pixels)))
                .containsExactly(
                        new DominantColour("#ff0000", 0.7),
                        new DominantColour("#00ff00", 0.2),
                        new DominantColour("#0000ff", 0.1));
    }

    @Test
    void of_noisyPaper_isOneColour() {
        Random random = new Random(1);
        int[] pixels =
                random.ints(10_000, 0xF5, 0xFF).map(v -> v << 16 | v << 8 | v).toArray();

        assertThat(Palette.of(new Bitmap(100, 100, pixels))).hasSize(1);
    }

    @Test
    void of_inkOnPaper_givesThePaperItsShare() {
        int[] pixels = new int[10_000];
        Arrays.fill(pixels, 0xFFFFFF);
        Arrays.fill(pixels, 0, 200, 0x101010);

        List<DominantColour> colours = Palette.of(new Bitmap(100, 100, pixels));

        assertThat(colours.get(0)).isEqualTo(new DominantColour("#ffffff", 0.98));
        assertThat(colours).hasSize(2);
    }

    @Test
    void of_inkOnNoisyPaper_stillTellsThemApart() {
        Random random = new Random(1);
        int[] pixels =
                random.ints(10_000, 0xF5, 0xFF).map(v -> v << 16 | v << 8 | v).toArray();
        Arrays.fill(pixels, 0, 300, 0x101010);

        List<DominantColour> colours = Palette.of(new Bitmap(100, 100, pixels));

        assertThat(colours).extracting(DominantColour::share).containsExactly(0.97, 0.03);
    }

    @Test
    void of_scenes_isSortedAndComplete() {
        for (int seed = 0; seed < 10; seed++) {
            List<Double> shares = Palette.of(AreaScaler.fit(TestImages.scene(seed), 96)).stream()
                    .map(DominantColour::share)
                    .toList();
            assertThat(shares).hasSizeBetween(2, 5).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(shares.stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-9));
        }
    }
}
