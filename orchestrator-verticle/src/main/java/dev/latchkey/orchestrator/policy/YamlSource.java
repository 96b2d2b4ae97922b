// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * The text of a YAML file as a tree of nodes that know their lines.
 *
 * <p>Only nodes are composed, no object is ever constructed from a tag. Size, depth and aliases are bounded, so that a
 * hostile file costs little before it is refused.
 */
final class YamlSource {

    static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_ALIASES = 50;

    private final Path file;
    private final byte @Nullable [] given;
    private final Problems problems;

    YamlSource(Path file, Problems problems) {
        this(file, null, problems);
    }

    /** What is given stands for the file's content. */
    YamlSource(Path file, byte @Nullable [] given, Problems problems) {
        this.file = file;
        this.given = given;
        this.problems = problems;
    }

    /** The one document of the file, or a PolicyException with the one reason why there is none. */
    Node compose() {
        Node root = parse(decode(given == null ? read() : bounded(given)));
        if (root instanceof MappingNode) {
            return root;
        }
        throw refused(0, "the file holds no keys and values; begin it with 'version: 1'");
    }

    private byte[] read() {
        try (InputStream in = Files.newInputStream(file)) {
            return bounded(in.readNBytes(MAX_BYTES + 1));
        } catch (NoSuchFileException e) {
            throw refused(0, "there is no such file; create it or correct the path");
        } catch (AccessDeniedException e) {
            throw refused(0, "the file may not be read; let the orchestrator's user read it");
        } catch (IOException e) {
            throw refused(0, "the file cannot be read (" + e.getMessage() + "); give the path of a readable file");
        }
    }

    private byte[] bounded(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw refused(0, "the file is larger than 1 MiB; make it smaller");
        }
        return bytes;
    }

    private String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(0, "the file is not UTF-8; save it as UTF-8");
        }
    }

    private @Nullable Node parse(String text) {
        try {
            return new Yaml(new SafeConstructor(limits())).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw refused(e.getProblemMark().getLine() + 1, syntax(e));
        } catch (ReaderException e) {
            throw refused(
                    lineAt(text, e.getPosition()), "invalid YAML: a character that no YAML may contain; remove it");
        } catch (YAMLException e) {
            throw refused(0, "invalid YAML: " + e.getMessage() + "; make it simpler");
        } catch (IllegalArgumentException e) {
            // What the parser throws for a tag that it cannot decode.
            throw refused(0, "invalid YAML: a tag that cannot be read; remove what begins with '!'");
        }
    }

    private static LoaderOptions limits() {
        LoaderOptions limits = new LoaderOptions();
        limits.setNestingDepthLimit(MAX_DEPTH);
        limits.setMaxAliasesForCollections(MAX_ALIASES);
        return limits;
    }

    private static String syntax(MarkedYAMLException e) {
        return "invalid YAML: " + context(e) + e.getProblem() + "; correct the syntax there";
    }

    /** Where the broken construct began: an unclosed bracket is noticed far from where it was opened. */
    private static String context(MarkedYAMLException e) {
        boolean known = e.getContext() != null && e.getContextMark() != null;
        return known ? e.getContext() + " from line " + (e.getContextMark().getLine() + 1) + ", " : "";
    }

    private static int lineAt(String text, int position) {
        int end = text.offsetByCodePoints(0, position);
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    private PolicyException refused(int line, String reason) {
        return problems.fatal(new Problem(line, "", reason));
    }
}
