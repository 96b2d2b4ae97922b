// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.count.Timing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Metrics are readings under names that the page lists, and their labels are nobody's to choose. */
class MetricsTest {
    private static final Pattern ROW = Pattern.compile(
            "\\| `(latchkey[a-z.]+)` \\| (counter|gauge|time|timer) \\| (?:`(\\w+)`|none) \\| [^|]+ \\| (.+) \\|");
    private static final Pattern BOUND = Pattern.compile("\\| `([A-Z_]+)` \\| [^|]+ \\| [^|]+ \\|");

    private final AtomicLong hits = new AtomicLong();
    private final Metrics metrics = new Metrics(Stream.concat(
                    Stream.of(new Metric(MetricName.HELD, () -> 7)),
                    Metrics.each(
                            MetricName.BOUND_HIT, Bound.class, bound -> bound == Bound.FRAME_SIZE ? hits.get() : 0))
            .toList());

    private static List<String> page() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "metrics.md"));
    }

    @Test
    void page_hasOneRowForEachName() throws IOException {
        List<String> rows = page().stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> String.join(" ", row.group(1), row.group(2), String.valueOf(row.group(3)), row.group(4)))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(MetricName.values())
                        .map(name -> String.join(
                                " ", name.id(), name.kind().text(), String.valueOf(name.label()), name.text()))
                        .toList());
    }

    @Test
    void page_hasOneRowForEachBoundAndAlarm() throws IOException {
        List<String> rows = page().stream()
                .map(BOUND::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Stream.concat(Arrays.stream(Bound.values()), Arrays.stream(Alarm.values()))
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void snapshot_isLive_andItsKeysAreFixed() {
        int size = metrics.snapshot().size();
        assertThat(size).isEqualTo(1 + Bound.values().length);
        hits.set(3);
        assertThat(metrics.snapshot())
                .containsEntry("latchkey.bound.hit{bound=FRAME_SIZE}", 3L)
                .containsEntry("latchkey.held", 7L)
                .hasSize(size);
    }

    @Test
    void micrometer_readsTheSameNumbers() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new LatchkeyMetrics(metrics).bindTo(registry);
        hits.set(5);
        assertThat(registry.get("latchkey.bound.hit")
                        .tag("bound", "FRAME_SIZE")
                        .functionCounter()
                        .count())
                .isEqualTo(5);
        assertThat(registry.get("latchkey.held").gauge().value()).isEqualTo(7);
        assertThat(registry.getMeters()).hasSize(metrics.all().size());
    }

    /** Nothing that a message, an instance or a credential could bring is a label. */
    @Test
    void labels_areConstantsOfEnums() {
        for (Metric metric : metrics.all()) {
            assertThat(metric.labelValue()).matches("[A-Z_]*");
        }
        assertThat(Arrays.stream(MetricName.values()).map(MetricName::label).filter(Objects::nonNull))
                .containsOnly("reason", "bound", "kind", "outcome", "state");
    }

    @Test
    void timersAndTimes_areReadInTheirUnits() {
        Timing timing = new Timing();
        timing.took(2_000_000);
        timing.took(4_000_000);
        Metrics timed = new Metrics(List.of(
                new Metric(MetricName.RESOLVE, "", timing::count, timing::nanos),
                new Metric(MetricName.TOKEN_AGE, () -> 1_500)));
        assertThat(timed.snapshot())
                .containsEntry("latchkey.resolve", 2L)
                .containsEntry("latchkey.resolve.nanos", 6_000_000L)
                .containsEntry("latchkey.token.age", 1_500L);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new LatchkeyMetrics(timed).bindTo(registry);
        assertThat(registry.get("latchkey.resolve").functionTimer().mean(TimeUnit.MILLISECONDS))
                .isEqualTo(3);
        assertThat(registry.get("latchkey.token.age").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(1.5);
    }
}
