// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A policy file without problems, to be spoilt by a test in one place, and loaded from a directory. */
final class PolicyText {

    static final String GOOD = """
            version: 1
            trustDomain: example.latchkey
            defaults:
              tokenLifetime: 5m
              rotationInterval: 1h
              leaseDuration: 5m
            operations:
              process_image:
                addresses: [image.process.*]
                tokenLifetime: 60s
                rotationInterval: 10m
                failover: [image.backup.process]
              calculate_risk:
                addresses: [risk.calculate]
            services:
              gateway:
                invokes: [process_image]
              image:
                provides: [process_image]
                invokes: [calculate_risk]
              risk:
                provides: [calculate_risk]
            """;

    private PolicyText() {}

    /** The good text with the one occurrence of a part changed. */
    static String with(String part, String changed) {
        assertThat(GOOD.indexOf(part))
                .as("'%s' occurs once", part)
                .isNotNegative()
                .isEqualTo(GOOD.lastIndexOf(part));
        return GOOD.replace(part, changed);
    }

    static Policy load(Path directory, String text) {
        return PolicyFile.load(write(directory, text));
    }

    /** The problems that the text is refused for; the file is called {@code conf/policy.yaml} in them. */
    static List<String> problems(Path directory, String text) {
        return problems(write(directory, text)).stream()
                .map(problem -> problem.replace(directory.toString(), "conf"))
                .toList();
    }

    static List<String> problems(Path file) {
        PolicyException refused = catchThrowableOfType(PolicyException.class, () -> PolicyFile.load(file));
        assertThat(refused).as("%s is refused", file).isNotNull();
        return refused.problems();
    }

    private static Path write(Path directory, String text) {
        try {
            return Files.writeString(directory.resolve("policy.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
