// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds the line of each key. The tree is one that was read as a policy, so it is neither deep nor large. */
final class SettingLines {
    private static final int MAX_DEPTH = 4;

    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private SettingLines() {}

    static Map<String, Integer> of(Node root) {
        SettingLines found = new SettingLines();
        found.walk("", root, 0);
        return found.lines;
    }

    private void walk(String path, Node node, int depth) {
        if (depth < MAX_DEPTH && node instanceof MappingNode mapping) {
            mapping.getValue().forEach(pair -> note(path, pair, depth));
        }
    }

    private void note(String path, NodeTuple pair, int depth) {
        if (pair.getKeyNode() instanceof ScalarNode key) {
            String name = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            lines.put(name, key.getStartMark().getLine() + 1);
            walk(name, pair.getValueNode(), depth + 1);
        }
    }
}
