// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java blocks of a Markdown text. The line before a block's fence names the file that the block is copied from, by its
 * path from the repository's root:
 *
 * <pre>{@code
 * <!-- from example-verticles/src/main/java/dev/latchkey/examples/Greeter.java -->
 * }</pre>
 */
final class ReadmeBlocks {
    private static final String FENCE = "```";
    private static final Pattern JAVA_FENCE = Pattern.compile("\\s*```+\\s*java\\b.*");
    private static final Pattern SOURCE = Pattern.compile("<!-- from (\\S+) -->");

    private ReadmeBlocks() {}

    static List<Block> in(String markdown) {
        List<String> lines = markdown.lines().toList();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (JAVA_FENCE.matcher(lines.get(i)).matches()) {
                blocks.add(new Block(i + 1, i == 0 ? "" : source(lines.get(i - 1)), content(lines, i + 1)));
            }
        }
        return blocks;
    }

    private static String source(String line) {
        Matcher matcher = SOURCE.matcher(line);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static List<String> content(List<String> lines, int from) {
        return lines.stream()
                .skip(from)
                .takeWhile(line -> !line.strip().startsWith(FENCE))
                .toList();
    }

    /**
     * A block.
     *
     * @param line of its fence, the first one being 1
     * @param source the file that it names; empty when it names none
     */
    record Block(int line, String source, List<String> content) {
        /** True when the block is a run of whole lines of the text, save for the indentation that all of them share. */
        boolean isCopiedFrom(String text) {
            List<String> lines = text.lines().toList();
            int last = lines.size() - content.size();
            for (int from = 0; !content.isEmpty() && from <= last; from++) {
                if (dedented(lines.subList(from, from + content.size())).equals(dedented(content))) {
                    return true;
                }
            }
            return false;
        }

        private static String dedented(List<String> lines) {
            return String.join("\n", lines).stripIndent();
        }
    }
}
