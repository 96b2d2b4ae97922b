// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document tells of each route what is so, and of no other. */
class OpenApiTest {
    private final List<Endpoint> endpoints =
            AdminVerticle.endpoints(Vertx.vertx(), new NoControl(), new Audited(action -> Future.succeededFuture()));
    private JsonObject document;

    @BeforeEach
    void read() throws IOException {
        try (var in = AdminVerticle.class.getResourceAsStream("openapi.json")) {
            document = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private JsonObject documented(Endpoint endpoint) {
        return document.getJsonObject("paths")
                .getJsonObject(endpoint.path(), new JsonObject())
                .getJsonObject(endpoint.method().name().toLowerCase(Locale.ROOT));
    }

    private static String line(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    @Test
    void routes_areAllDocumented_andNothingElseIs() {
        Set<String> documented = new TreeSet<>();
        JsonObject paths = document.getJsonObject("paths");
        paths.fieldNames()
                .forEach(path ->
                        paths.getJsonObject(path).fieldNames().forEach(method -> documented.add(line(method, path))));
        assertThat(endpoints.stream().map(one -> line(one.method().name(), one.path())))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void roles_areTheDocumentedOnes() {
        assertThat(endpoints).allSatisfy(endpoint -> {
            JsonObject operation = documented(endpoint);
            assertThat(operation.getString("x-role"))
                    .isEqualTo(endpoint.role() == null ? null : endpoint.role().toString());
            assertThat(operation.getJsonArray("security").isEmpty()).isEqualTo(endpoint.role() == null);
        });
    }

    @Test
    void bodies_areTheDocumentedOnes() {
        assertThat(endpoints).allSatisfy(endpoint -> {
            JsonObject body = documented(endpoint).getJsonObject("requestBody");
            assertThat(
                            body == null
                                    ? ""
                                    : body.getJsonObject("content")
                                            .fieldNames()
                                            .iterator()
                                            .next())
                    .isEqualTo(endpoint.body());
        });
    }

    @Test
    void parametersOfPaths_areDocumented() {
        assertThat(endpoints).allSatisfy(endpoint -> {
            Matcher names = Pattern.compile("\\{(.*?)}").matcher(endpoint.path());
            JsonArray parameters = documented(endpoint).getJsonArray("parameters", new JsonArray());
            while (names.find()) {
                String name = names.group(1);
                assertThat(parameters.stream().map(JsonObject.class::cast))
                        .anyMatch(one -> one.getString("name").equals(name)
                                && one.getString("in").equals("path"));
            }
        });
    }

    @Test
    void references_leadSomewhere() {
        walk(document, reference -> {
            JsonObject at = document;
            for (String part : reference.substring(2).split("/")) {
                at = at.getJsonObject(part);
                assertThat(at).as(reference).isNotNull();
            }
        });
    }

    private static void walk(Object node, Consumer<String> references) {
        if (node instanceof JsonObject object) {
            if (object.getValue("$ref") instanceof String reference) {
                references.accept(reference);
            }
            object.forEach(entry -> walk(entry.getValue(), references));
        } else if (node instanceof JsonArray array) {
            array.forEach(element -> walk(element, references));
        }
    }
}
