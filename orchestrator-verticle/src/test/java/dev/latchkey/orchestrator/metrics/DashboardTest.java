// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.LatchkeyMetrics;
import dev.latchkey.eventbus.Metric;
import dev.latchkey.eventbus.MetricName;
import dev.latchkey.eventbus.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Dashboard, alerts and page name metrics as Prometheus gets them. */
class DashboardTest {
    private static final Path CONF = Path.of("..", "conf");
    private static final Pattern NAME = Pattern.compile("latchkey_[a-z_]+");
    private static final Pattern LABEL = Pattern.compile("(latchkey_[a-z_]+)\\{(\\w+)[=!~]");

    private static Metrics all() {
        return new Metrics(Arrays.stream(MetricName.values())
                .map(name -> new Metric(name, name.label() == null ? "" : "A_VALUE", () -> 1))
                .toList());
    }

    private static String page(Metrics metrics) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new LatchkeyMetrics(metrics).bindTo(registry);
        return registry.scrape();
    }

    /** Every series, with its label behind a colon. */
    private static Set<String> served() {
        Metrics metrics = all();
        return page(metrics)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[ {].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    /** All texts of members of this name, at whatever depth. */
    private static List<String> texts(Object json, String member) {
        List<String> found = new ArrayList<>();
        if (json instanceof JsonObject object) {
            object.forEach(one -> {
                if (one.getKey().equals(member) && one.getValue() instanceof String text) {
                    found.add(text);
                }
                found.addAll(texts(one.getValue(), member));
            });
        } else if (json instanceof JsonArray array) {
            array.forEach(one -> found.addAll(texts(one, member)));
        }
        return found;
    }

    private static JsonObject dashboard() throws IOException {
        return new JsonObject(Files.readString(CONF.resolve("grafana/latchkey.json")));
    }

    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml(
                        new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(CONF.resolve("prometheus/latchkey-alerts.yaml")));
        return of(file, "groups").stream()
                .flatMap(group -> of(group, "rules").stream())
                .toList();
    }

    private static <T> T of(Map<String, T> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static void assertLabels(String expression) {
        Matcher matcher = LABEL.matcher(expression);
        while (matcher.find()) {
            String series = matcher.group(1);
            assertThat(Arrays.stream(MetricName.values())
                            .filter(name -> series.startsWith(name.id().replace('.', '_')))
                            .map(MetricName::label))
                    .as(expression)
                    .contains(matcher.group(2));
        }
    }

    @Test
    void dashboard_queriesWhatIsServed() throws IOException {
        List<String> expressions = texts(dashboard(), "expr");
        assertThat(expressions).hasSizeGreaterThan(10);
        assertThat(served()).containsAll(names(String.join(" ", expressions)));
        expressions.forEach(DashboardTest::assertLabels);
    }

    /** Whoever adds a metric shows it, too. */
    @Test
    void dashboard_showsEveryMetric() throws IOException {
        String expressions = String.join(" ", texts(dashboard(), "expr"));
        assertThat(Arrays.stream(MetricName.values())
                        .map(name -> name.id().replace('.', '_'))
                        .filter(name -> !expressions.contains(name)))
                .isEmpty();
    }

    @Test
    void dashboard_namesOnePanelOnce_andEachHasATitleAndAQuery() throws IOException {
        List<JsonObject> panels = dashboard().getJsonArray("panels").stream()
                .map(JsonObject.class::cast)
                .filter(panel -> !panel.getString("type").equals("row"))
                .toList();
        assertThat(panels.stream().map(panel -> panel.getInteger("id"))).doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.getString("title")).isNotBlank();
            assertThat(panel.getJsonArray("targets")).isNotEmpty();
        });
    }

    @Test
    void alerts_queryWhatIsServed_andSayWhatToDo() throws IOException {
        assertThat(rules()).hasSizeGreaterThan(5).allSatisfy(rule -> {
            String expression = String.valueOf(rule.get("expr"));
            assertThat(served()).containsAll(names(expression));
            assertThat(names(expression)).isNotEmpty();
            assertLabels(expression);
            assertThat(rule).containsKeys("alert", "for", "labels", "annotations");
        });
    }

    @Test
    void page_tellsThePrometheusNames() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        assertThat(names(page)).isSubsetOf(served()).isNotEmpty();
    }
}
