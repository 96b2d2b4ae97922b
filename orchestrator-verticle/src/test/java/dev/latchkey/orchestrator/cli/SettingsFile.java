// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.admin.AdminOptions;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyDiff;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An annotated file of {@code conf}, and how the product reads one like it. */
enum SettingsFile {
    POLICY("policy-full.yaml", "Policy", Set.of("operations", "services", "operations.NAME.modes")) {
        @Override
        String read(Path file) {
            return PolicyDiff.between(BASE, PolicyFile.load(file)).toJson().encode();
        }
    },
    ORCHESTRATOR("orchestrator-full.yaml", "Orchestrator", Set.of("kubernetes.services")) {
        @Override
        String read(Path file) throws IOException {
            OrchestratorFile settings = OrchestratorFile.load(file);
            OrchestratorOptions options = settings.options();
            try {
                return settings.cluster()
                        + options.getPolicy().trustDomain()
                        + settings.admin(options).map(SettingsFile::admin)
                        + settings.metrics()
                        + settings.bootstrap()
                        + getters(options);
            } finally {
                options.getKeys().close();
            }
        }
    },
    NODE("node-full.yaml", "Node", Set.of()) {
        @Override
        String read(Path file) throws IOException {
            NodeFile settings = NodeFile.load(file);
            return settings.cluster().settings() + settings.metrics().toString() + settings.bootstrap();
        }
    },
    VERTICLE("verticle-full.yaml", "Verticle", Set.of()) {
        @Override
        String read(Path file) throws IOException {
            JsonObject section = YamlSettings.load(file, "").getJsonObject("latchkey");
            return new SecureEventBusOptions(section).toJson().encode();
        }
    };

    static final Path CONF = Path.of("..", "conf");
    private static final Policy BASE = PolicyFile.load(CONF.resolve("policy-full.yaml"));

    private final String file;
    private final String title;
    private final Set<String> named;

    SettingsFile(String file, String title, Set<String> named) {
        this.file = file;
        this.title = title;
        this.named = named;
    }

    Path path() {
        return CONF.resolve(file);
    }

    String title() {
        return title;
    }

    /** True for a section whose keys are names that somebody chose. */
    boolean isNamed(String section) {
        return named.contains(section);
    }

    /** A path with NAME in place of what somebody chose. */
    String general(List<String> keys) {
        String general = "";
        for (String key : keys) {
            general = general + (general.isEmpty() ? "" : ".") + (isNamed(general) ? "NAME" : key);
        }
        return general;
    }

    /** All that the product makes of such a file, as text; throws its refusal. */
    abstract String read(Path file) throws IOException;

    /** All but the keys, of which the issuer's name is told. */
    private static String admin(AdminOptions admin) {
        return String.join(
                " ",
                admin.host() + ":" + admin.port(),
                admin.issuer().issuer(),
                admin.audience(),
                admin.rolesClaim(),
                String.valueOf(admin.requestsPerSecond()));
    }

    /** Of getters whose values say what they are: a default toString() differs each time. */
    private static String getters(OrchestratorOptions options) {
        return Arrays.stream(OrchestratorOptions.class.getMethods())
                .filter(method -> method.getName().startsWith("get") && method.getParameterCount() == 0)
                .filter(method -> !method.getName().equals("getClass"))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> method.getName() + "=" + value(method, options))
                .collect(Collectors.joining(", "));
    }

    private static String value(Method getter, OrchestratorOptions options) {
        try {
            Object value = getter.invoke(options);
            return value == null || saysWhatItIs(value) ? String.valueOf(value) : "";
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean saysWhatItIs(Object value) throws NoSuchMethodException {
        return value.getClass().getMethod("toString").getDeclaringClass() != Object.class;
    }
}
