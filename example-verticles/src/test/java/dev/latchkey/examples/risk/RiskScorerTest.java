// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.examples.imaging.DominantColour;
import dev.latchkey.examples.imaging.ImageAnalyzer;
import dev.latchkey.examples.imaging.ImageFile;
import dev.latchkey.examples.imaging.SampleImages;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RiskScorerTest {

    private final RiskScorer scorer = new RiskScorer(RiskRules.bundled());

    @Test
    void score_ordinaryPicture_isLow() {
        RiskReport report = scorer.score(new FactsBuilder().json());

        assertThat(report.score()).isZero();
        assertThat(report.level()).isEqualTo(RiskLevel.LOW);
        assertThat(report.reasons()).isEmpty();
    }

    @Test
    void score_bomb_isHigh() {
        RiskReport report = scorer.score(
                new FactsBuilder().size(30_000, 30_000).bytes(90).undecoded().json());

        assertThat(report.level()).isEqualTo(RiskLevel.HIGH);
        assertThat(report.reasons()).anySatisfy(reason -> assertThat(reason).startsWith("dimensions bomb: 90 bytes"));
    }

    @Test
    void score_fewBytesForManyPixels_isABombToo() {
        RiskReport report =
                scorer.score(new FactsBuilder().size(6000, 6000).bytes(10_000).json());

        assertThat(report.reasons()).anySatisfy(reason -> assertThat(reason).startsWith("dimensions bomb"));
    }

    @Test
    void score_samePictureAgain_isADuplicate() {
        scorer.score(new FactsBuilder().json());

        RiskReport report = scorer.score(new FactsBuilder().json());

        assertThat(report.reasons()).containsExactly("duplicate: 0 of 64 bits from an earlier picture");
        assertThat(report.level()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void score_distance_decidesAtItsBound() {
        scorer.score(new FactsBuilder().hash(-1L).json());

        assertThat(scorer.score(new FactsBuilder().hash(-1L << 7).json()).reasons())
                .isEmpty();
        assertThat(scorer.score(new FactsBuilder().hash(-1L >>> 6).json()).reasons())
                .hasSize(1);
    }

    @Test
    void score_picturesWithoutFeatures_areNoDuplicates() {
        scorer.score(new FactsBuilder().hash(0).json());

        assertThat(scorer.score(new FactsBuilder().hash(0).json()).reasons()).isEmpty();
    }

    @Test
    void score_blankPicture_hasAPoorPalette() {
        RiskReport report = scorer.score(
                new FactsBuilder().colours(new DominantColour("#ffffff", 1)).json());

        assertThat(report.reasons()).containsExactly("poor palette: 1 colours, the first on 100 % of the area");
    }

    @Test
    void score_almostOneColour_hasAPoorPalette() {
        RiskReport report = scorer.score(new FactsBuilder()
                .colours(new DominantColour("#ffffff", 0.97), new DominantColour("#000000", 0.03))
                .json());

        assertThat(report.reasons()).hasSize(1);
    }

    @Test
    void score_farTooManyBytes_isAnOutlier() {
        RiskReport report =
                scorer.score(new FactsBuilder().size(320, 240).bytes(4_000_000).json());

        assertThat(report.reasons()).containsExactly("file size: 52.0833 bytes for each pixel");
    }

    @Test
    void score_smallFileOfAFewPixels_isNoOutlier() {
        assertThat(scorer.score(new FactsBuilder().size(8, 8).bytes(60_000).json())
                        .reasons())
                .isEmpty();
    }

    @Test
    void score_noFacts_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> scorer.score(new JsonObject()));
    }

    @Test
    void score_samples_findsWhatIsInThem() {
        for (ImageFile file : SampleImages.generate(30, 11)) {
            RiskReport report =
                    scorer.score(ImageAnalyzer.analyze(file.encoded()).toJson());
            assertThat(report.level()).as(file.name() + report).isEqualTo(expected(file.name()));
        }
    }

    private static RiskLevel expected(String name) {
        if (name.contains("bomb")) {
            return RiskLevel.HIGH;
        }
        return name.contains("scene") ? RiskLevel.LOW : RiskLevel.MEDIUM;
    }

    @Test
    void memory_full_forgetsTheOldest() {
        HashMemory memory = new HashMemory();
        Random random = new Random(1);
        memory.nearestThenRemember(-1L);
        for (int i = 1; i < HashMemory.CAPACITY; i++) {
            memory.nearestThenRemember(random.nextLong() | 1);
        }

        assertThat(memory.nearestThenRemember(-1L)).hasValue(0); // takes the first one's place
        for (int i = 1; i < HashMemory.CAPACITY; i++) {
            memory.nearestThenRemember(random.nextLong() | 1);
        }
        assertThat(memory.nearestThenRemember(-2L).getAsInt()).isEqualTo(1);
        assertThat(memory.nearestThenRemember(-1L).getAsInt()).isEqualTo(1);
    }
}
