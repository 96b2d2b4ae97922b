// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.ImageFacts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The rules, checked when they are loaded: a rules file that is wrong anywhere is refused as a whole.
 *
 * <p>Every rule that finds something adds its weight; the sum, up to 100, is the score.
 */
public final class RiskRules {

    private static final String RESOURCE = "risk-rules.json";

    private final List<RiskRule> rules;
    private final RiskLevels levels;

    private RiskRules(List<RiskRule> rules, RiskLevels levels) {
        this.rules = rules;
        this.levels = levels;
    }

    /**
     * Loads the rules that come with the demo.
     *
     * @return the rules of {@code risk-rules.json}, beside this class
     */
    public static RiskRules bundled() {
        return load(new JsonObject(Buffer.buffer(resource())));
    }

    /**
     * Loads rules.
     *
     * @param json with the objects dimensions, duplicate, palette, fileSize and levels
     * @return the rules
     * @throws IllegalArgumentException if something is missing, unknown or out of range; its message is
     *     {@code risk rules: <place> <problem>; <fix>}
     */
    public static RiskRules load(JsonObject json) {
        RuleSection root = RuleSection.root(json).allowOnly("dimensions", "duplicate", "palette", "fileSize", "levels");
        List<RiskRule> rules = List.of(
                DimensionsRule.read(section(root, "dimensions", "maxPixels", "maxPixelsPerByte")),
                DuplicateRule.read(section(root, "duplicate", "maxHammingDistance")),
                PaletteRule.read(section(root, "palette", "maxColourShare", "minColours")),
                FileSizeRule.read(section(root, "fileSize", "minBytesPerPixel", "maxBytesPerPixel", "ignoreBytes")));
        return new RiskRules(rules, RiskLevels.read(root.section("levels").allowOnly("medium", "high")));
    }

    RiskReport judge(ImageFacts facts, OptionalInt nearest) {
        List<Finding> findings =
                rules.stream().flatMap(rule -> find(rule, facts, nearest)).toList();
        int sum = findings.stream().mapToInt(Finding::weight).sum();
        int score = Math.min(RiskReport.MAX_SCORE, sum);
        return new RiskReport(
                score, levels.of(score), findings.stream().map(Finding::reason).toList());
    }

    private static Stream<Finding> find(RiskRule rule, ImageFacts facts, OptionalInt nearest) {
        return rule.check(facts, nearest).map(reason -> new Finding(rule.weight(), reason)).stream();
    }

    private record Finding(int weight, String reason) {}

    /** Every rule has a weight beside its limits. */
    private static RuleSection section(RuleSection root, String name, String... limits) {
        String[] keys = Stream.concat(Stream.of("weight"), Stream.of(limits)).toArray(String[]::new);
        return root.section(name).allowOnly(keys);
    }

    private static byte[] resource() {
        try (InputStream in = RiskRules.class.getResourceAsStream(RESOURCE)) {
            return Objects.requireNonNull(in, RESOURCE).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
