// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The product in its next minor version: as it is, but that each message between instances and orchestrators, and each record that
 * orchestrators share, has members more. Its classes are made of today's sources, so they cannot fall behind.
 */
final class LaterVersion {
    private static final String MORE = ".put(\"minor\", 1).put(\"later\", new JsonObject().put(\"more\", 1))";
    private static final String MARK = "used-by-";
    private static final Path EVENTBUS = Path.of("..", "secure-eventbus", "src", "main", "java");
    private static final Path ORCHESTRATOR = Path.of("..", "orchestrator-verticle", "src", "main", "java");

    /** Puts the folder before all else on the class path of the JVM that it starts. */
    private static final String LAUNCHER =
            "later=$1; shift; words=(); for word in \"$@\"; do [ \"${words[-1]:-}\" = -cp ] && word=$later:$word;"
                    + " words+=(\"$word\"); done; exec \"${words[@]}\"";

    private final Path folder;
    private final List<String> sources = new ArrayList<>();

    private LaterVersion(Path folder) {
        this.folder = folder;
    }

    /**
     * Compiles it.
     *
     * @param folder an empty one
     * @return where its nodes run
     */
    static Place compile(Path folder) throws IOException {
        LaterVersion later = new LaterVersion(folder);
        // Questions and answers. Each JVM that is of this version leaves a mark.
        later.change(
                EVENTBUS,
                "dev/latchkey/eventbus/registration/SecretTail.java",
                "json.toBuffer().getBytes()",
                "mark(json.copy()" + MORE + ").toBuffer().getBytes()",
                "private SecretTail() {}",
                "private SecretTail() {} private static JsonObject mark(JsonObject json) { new java.io.File(\"" + folder
                        + "/" + MARK + "\" + ProcessHandle.current().pid()).mkdir(); return json; }");
        // Notices, and what orchestrators keep of them.
        later.change(
                EVENTBUS,
                "dev/latchkey/eventbus/registration/Revocations.java",
                "return quarantine.isEmpty() ? json : json.put",
                "json" + MORE + "; return quarantine.isEmpty() ? json : json.put");
        // Tokens.
        later.change(
                EVENTBUS,
                "dev/latchkey/eventbus/token/TokenClaims.java",
                "return grant.grace() == 0 ?",
                "claims" + MORE + "; return grant.grace() == 0 ?");
        later.change(
                ORCHESTRATOR,
                "dev/latchkey/orchestrator/state/Lease.java",
                "return json.toBuffer().getBytes()",
                "return json" + MORE + ".toBuffer().getBytes()");
        later.compile();
        return new Place("127.0.0.1", List.of("bash", "-c", LAUNCHER, "later", folder.toString()));
    }

    /** How many JVMs of it have written a question or an answer. */
    static long used(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(MARK))
                    .count();
        }
    }

    /** Changes a class: what there is today, and what there will be, in turn. */
    private void change(Path root, String file, String... changes) throws IOException {
        String text = Files.readString(root.resolve(file));
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text.indexOf(changes[i]))
                    .as("%s has '%s' once", file, changes[i])
                    .isNotNegative()
                    .isEqualTo(text.lastIndexOf(changes[i]));
            text = text.replace(changes[i], changes[i + 1]);
        }
        Path source = folder.resolve("sources").resolve(file);
        Files.createDirectories(source.getParent());
        sources.add(Files.writeString(source, text).toString());
    }

    private void compile() {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
        arguments.addAll(sources);
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).isZero();
    }
}
