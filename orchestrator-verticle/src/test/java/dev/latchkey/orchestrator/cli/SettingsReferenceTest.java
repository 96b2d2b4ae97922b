// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The reference of settings says what the annotated files say. After a change of these that is meant, write it anew:
 * {@code mvn -pl orchestrator-verticle test -Dtest=SettingsReferenceTest -Dlatchkey.docs=write}.
 */
final class SettingsReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "settings.md");
    private static final String GENERATED = "<!-- From here on made of conf/ by SettingsReferenceTest -->\n";
    private static final Pattern VARIABLE = Pattern.compile("LATCHKEY_[A-Z_]+");

    private static String generated() throws IOException {
        StringBuilder all = new StringBuilder(GENERATED);
        for (SettingsFile file : SettingsFile.values()) {
            all.append("\n").append(SettingsReference.of(file));
        }
        return all.toString();
    }

    @Test
    void reference_isWhatTheAnnotatedFilesSay() throws IOException {
        String written = Files.readString(REFERENCE);
        String head = written.substring(0, written.indexOf(GENERATED));
        if ("write".equals(System.getProperty("latchkey.docs"))) {
            Files.writeString(REFERENCE, head + generated());
        }
        assertThat(Files.readString(REFERENCE)).isEqualTo(head + generated());
    }

    @Test
    void reference_namesEveryVariableOfTheEnvironment() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                collect(source, used);
            }
        }
        collect(Path.of("..", "latchkey"), used);
        assertThat(used).contains("LATCHKEY_URL", "LATCHKEY_CLASSPATH");
        assertThat(Files.readString(REFERENCE)).contains(used);
    }

    private static void collect(Path source, Set<String> into) throws IOException {
        Matcher matcher = VARIABLE.matcher(Files.readString(source));
        while (matcher.find()) {
            into.add(matcher.group());
        }
    }
}
