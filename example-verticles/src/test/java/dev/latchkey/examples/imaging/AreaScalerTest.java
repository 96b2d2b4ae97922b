// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AreaScalerTest {

    @Test
    void scale_halves_averagesFourPixels() {
        Bitmap source = new Bitmap(2, 2, new int[] {0x000000, 0x646464, 0xC8C8C8, 0xC8C8C8});

        assertThat(AreaScaler.scale(source, 1, 1).pixels()).containsExactly(0x7D7D7D);
    }

    @Test
    void scale_unevenRatio_weighsPartsOfPixels() {
        Bitmap source = new Bitmap(3, 1, new int[] {0x000000, 0x5A5A5A, 0xB4B4B4});

        // 0 and half of 90, over one and a half pixels; then half of 90 and 180
        assertThat(AreaScaler.scale(source, 2, 1).pixels()).containsExactly(0x1E1E1E, 0x969696);
    }

    @Test
    void scale_toItsOwnSize_changesNothing() {
        Bitmap scene = TestImages.scene(9);

        Bitmap same = AreaScaler.scale(scene, scene.width(), scene.height());

        assertThat(same.pixels()).isEqualTo(scene.pixels());
    }

    @Test
    void scale_oddShape_keepsRowsAndColumnsApart() {
        Bitmap source = new Bitmap(2, 3, new int[] {1, 2, 3, 4, 5, 6});

        assertThat(AreaScaler.scale(source, 2, 3).pixels()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void scale_fineStripes_becomeTheirMean() {
        int[] stripes = new int[200 * 10];
        Arrays.setAll(stripes, i -> i % 2 == 0 ? 0xFFFFFF : 0);

        assertThat(AreaScaler.scale(new Bitmap(200, 10, stripes), 20, 5).pixels())
                .containsOnly(0x808080);
    }
}
