// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a file, and where it is. Reading it as what it is not reports a problem and gives nothing, so that the
 * reader can go on to the next one.
 *
 * @param problems where problems go
 * @param line counted from 1: that of the key if the value has one
 * @param path such as {@code operations.process_image.addresses}, for the items of a list too; empty for the whole file
 * @param node the value
 */
record Located(Problems problems, int line, String path, Node node) {

    /** Reports a problem with this value; the text reads {@code <problem>; <fix>}. */
    void refuse(String text) {
        problems.add(new Problem(line, path, text));
    }

    /** Reports a problem with a key that this mapping has or should have. */
    void refuse(String key, String text) {
        problems.add(new Problem(line, pathOf(key), text));
    }

    /** Runs a check that throws an IllegalArgumentException {@code <problem>; <fix>}, and reports that. */
    void check(Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    /** True for a key without a value, or with {@code []} or <code>{}</code>. */
    boolean isEmpty() {
        boolean hollow = node instanceof CollectionNode<?> collection
                && collection.getValue().isEmpty();
        return hollow || node.getTag().equals(Tag.NULL);
    }

    /** True for a single value. */
    boolean isScalar() {
        return node instanceof ScalarNode && !isEmpty();
    }

    /** A scalar exactly as it is written: nothing here is ever a number or a boolean to us. */
    Optional<String> text() {
        if (node instanceof ScalarNode scalar && !isEmpty()) {
            return Optional.of(scalar.getValue());
        }
        refuse("expected a text but found " + kind() + "; write one value");
        return Optional.empty();
    }

    /** A scalar that a check accepts, which else throws an IllegalArgumentException {@code <problem>; <fix>}. */
    Optional<String> text(Consumer<String> check) {
        Optional<String> text = text();
        text.ifPresent(value -> check(() -> check.accept(value)));
        return text;
    }

    /** The texts of a list, in their order, each once; no list at all if the key has no value. */
    Map<String, Located> texts() {
        Map<String, Located> texts = new LinkedHashMap<>();
        items().forEach(item -> item.text().ifPresent(text -> putOnce(texts, text, item)));
        return texts;
    }

    /** The well-formed addresses or patterns of a list; the others are reported. */
    Map<AddressPattern, Located> patterns() {
        Map<AddressPattern, Located> patterns = new LinkedHashMap<>();
        texts().forEach((text, where) -> where.check(() -> patterns.put(AddressPattern.parse(text), where)));
        return patterns;
    }

    /** The entries of a mapping, each once; none if the key has no value. */
    Map<String, Located> entries() {
        Map<String, Located> entries = new LinkedHashMap<>();
        pairs().forEach(pair -> keyOf(pair, key -> putOnce(entries, key, child(key, pair))));
        return entries;
    }

    private List<Located> items() {
        if (node instanceof SequenceNode sequence) {
            return itemsOf(sequence);
        }
        refuseUnlessEmpty("a list", "write it as [a, b]");
        return List.of();
    }

    private List<Located> itemsOf(SequenceNode sequence) {
        return sequence.getValue().stream()
                .map(item -> new Located(problems, lineOf(item), path, item))
                .toList();
    }

    private List<NodeTuple> pairs() {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        refuseUnlessEmpty("keys and values", "write lines such as 'key: value'");
        return List.of();
    }

    private void keyOf(NodeTuple pair, Consumer<String> whenText) {
        if (pair.getKeyNode() instanceof ScalarNode key) {
            whenText.accept(key.getValue());
        } else {
            new Located(problems, lineOf(pair.getKeyNode()), path, node)
                    .refuse("a key is a list or a mapping; write a name before the colon");
        }
    }

    private Located child(String key, NodeTuple pair) {
        return new Located(problems, lineOf(pair.getKeyNode()), pathOf(key), pair.getValueNode());
    }

    private String pathOf(String key) {
        return (path.isEmpty() ? "" : path + ".") + Quote.shorten(key);
    }

    private static void putOnce(Map<String, Located> all, String text, Located where) {
        Located first = all.putIfAbsent(text, where);
        if (first != null) {
            where.refuse(Quote.of(text) + " appears twice, first in line " + first.line + "; keep one of them");
        }
    }

    private void refuseUnlessEmpty(String expected, String fix) {
        if (!isEmpty()) {
            refuse("expected " + expected + " but found " + kind() + "; " + fix);
        }
    }

    private String kind() {
        return isEmpty()
                ? "nothing"
                : switch (node.getNodeId()) {
                    case sequence -> "a list";
                    case mapping -> "keys and values";
                    default -> "a text";
                };
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
