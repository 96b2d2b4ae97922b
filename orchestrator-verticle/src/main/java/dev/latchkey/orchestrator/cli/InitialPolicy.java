// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyException;
import dev.latchkey.orchestrator.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The policy that a trust domain begins with, checked.
 *
 * @param trustDomain whose policy it is
 * @param text the file's content
 */
record InitialPolicy(String trustDomain, String text) {
    /** The trust domain of the policy to start from. */
    static final String TRUST_DOMAIN = "example.latchkey";

    private static final String KEY = "trustDomain: ";

    /**
     * The given file's, or one to start from.
     *
     * @throws PolicyException for a file that is no policy
     * @throws IllegalArgumentException for a trust domain that is none, or not the file's
     */
    static InitialPolicy of(@Nullable Path file, @Nullable String trustDomain) throws IOException {
        if (file == null) {
            return starter(trustDomain == null ? TRUST_DOMAIN : trustDomain);
        }
        Policy policy = PolicyFile.load(file);
        if (trustDomain != null && !trustDomain.equals(policy.trustDomain())) {
            throw new IllegalArgumentException("--trust-domain " + trustDomain + ": " + file + " is for "
                    + policy.trustDomain() + "; leave the option out or change the file");
        }
        return new InitialPolicy(policy.trustDomain(), Files.readString(file));
    }

    private static InitialPolicy starter(String trustDomain) throws IOException {
        String text = Resource.text("policy.yaml").replace(KEY + TRUST_DOMAIN, KEY + trustDomain);
        Path file = Files.createTempFile("latchkey-policy", ".yaml");
        try {
            Files.writeString(file, text);
            requireSame(trustDomain, PolicyFile.load(file).trustDomain());
            return new InitialPolicy(trustDomain, text);
        } catch (PolicyException e) {
            throw refused(trustDomain, e);
        } finally {
            Files.delete(file);
        }
    }

    /** A name with YAML's own signs in it could read as something else. */
    private static void requireSame(String trustDomain, String read) {
        if (!read.equals(trustDomain)) {
            throw new IllegalArgumentException(
                    "--trust-domain: '" + trustDomain + "' reads as '" + read + "'; use letters, digits, '-' and dots");
        }
    }

    /** All else in the file is known to be right, and nobody has seen the file. */
    private static IllegalArgumentException refused(String trustDomain, PolicyException e) {
        String problem = e.problems().get(0);
        int key = problem.indexOf(KEY);
        return new IllegalArgumentException(
                "--trust-domain: "
                        + (key < 0
                                ? "'" + trustDomain + "' is no trust domain; write it like a DNS name in lower case"
                                : problem.substring(key + KEY.length())),
                e);
    }
}
