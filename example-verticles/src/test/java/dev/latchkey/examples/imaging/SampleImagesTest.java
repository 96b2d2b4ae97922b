// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleImagesTest {

    private static final String MARKER = "LATCHKEY-DEMO-PLAINTEXT-7f3a";

    @Test
    void generate_sameSeed_isTheSame() {
        assertThat(SampleImages.generate(12, 42)).isEqualTo(SampleImages.generate(12, 42));
        assertThat(SampleImages.generate(12, 42).subList(0, 4)).isEqualTo(SampleImages.generate(4, 42));
    }

    @Test
    void generate_otherSeed_isDifferent() {
        assertThat(SampleImages.generate(2, 1).get(0))
                .isNotEqualTo(SampleImages.generate(2, 2).get(0));
    }

    @Test
    void generate_twenty_hasEveryKind() {
        Map<String, Long> kinds = SampleImages.generate(20, 7).stream()
                .collect(Collectors.groupingBy(SampleImagesTest::kind, Collectors.counting()));

        assertThat(kinds)
                .containsEntry("copy", 2L)
                .containsEntry("brighter", 2L)
                .containsEntry("bomb", 1L)
                .containsEntry("oversize", 1L)
                .containsEntry("scene", 14L);
    }

    @Test
    void generate_anyPicture_isAnalyzed() {
        for (ImageFile file : SampleImages.generate(20, 8)) {
            ImageFacts facts = ImageAnalyzer.analyze(file.encoded());
            assertThat(facts.decoded()).isEqualTo(!kind(file).equals("bomb"));
        }
    }

    @Test
    void generate_kinds_areWhatTheySay() {
        List<ImageFile> files = SampleImages.generate(9, 9);

        assertThat(files.get(3).encoded()).isEqualTo(files.get(1).encoded());
        assertThat(files.get(7).encoded()).isNotEqualTo(files.get(6).encoded());
        assertThat(PerceptualHash.distance(hash(files.get(7)), hash(files.get(6))))
                .isLessThanOrEqualTo(6);
        assertThat(files.get(5).encoded()).hasSizeLessThan(200);
        assertThat(files.get(8).encoded()).hasSizeGreaterThan(4_000_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void generate_marker_standsInEveryFileOnlyIfAskedFor(boolean asked) {
        List<ImageFile> files = asked ? SampleImages.generate(10, 5, MARKER) : SampleImages.generate(10, 5);

        assertThat(files).allMatch(file -> latin(file).contains(MARKER) == asked);
    }

    @Test
    void generate_marker_changesNoPixel() {
        Function<ImageFile, List<Object>> seen = file -> {
            ImageFacts facts = ImageAnalyzer.analyze(file.encoded());
            return List.of(facts.width(), facts.perceptualHash(), facts.colours());
        };

        assertThat(SampleImages.generate(9, 5, MARKER).stream().map(seen).toList())
                .isEqualTo(SampleImages.generate(9, 5).stream().map(seen).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "grün", "a\nb"})
    void generate_markerThatIsNoPlainText_isRefused(String marker) {
        assertThatIllegalArgumentException().isThrownBy(() -> SampleImages.generate(1, 1, marker));
    }

    private static String kind(ImageFile file) {
        return file.name().replaceAll("\\d+-(\\w+)\\..*", "$1");
    }

    private static long hash(ImageFile file) {
        return ImageAnalyzer.analyze(file.encoded()).perceptualHash();
    }

    private static String latin(ImageFile file) {
        return new String(file.encoded(), StandardCharsets.ISO_8859_1);
    }
}
