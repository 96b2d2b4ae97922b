// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A policy and where its settings stand.
 *
 * @param policy the policy
 * @param lines of each setting the line, counted from 1, by its path such as {@code services.gateway.invokes}
 */
public record LoadedPolicy(Policy policy, Map<String, Integer> lines) {

    /** Copies the lines. */
    public LoadedPolicy {
        lines = Map.copyOf(lines);
    }

    /** Reads a file; throws what {@link PolicyFile#load} throws. Blocks while it reads the file. */
    public static LoadedPolicy load(Path file) {
        return read(file, null);
    }

    /**
     * Reads a policy that is no file.
     *
     * @param yaml UTF-8, of at most 1 MiB
     * @param name what problems name it by
     * @throws PolicyException if it has any problem
     */
    public static LoadedPolicy parse(byte[] yaml, Path name) {
        return read(name, yaml);
    }

    private static LoadedPolicy read(Path file, byte @Nullable [] given) {
        Problems problems = new Problems(file);
        Node root = new YamlSource(file, given, problems).compose();
        Policy policy = PolicyReader.read(new Located(problems, 1, "", root));
        return new LoadedPolicy(policy, SettingLines.of(root));
    }
}
