// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tutorial has its reader do, in order. A comment above a block says what it is:
 *
 * <pre>{@code
 * <!-- file: NAME -->        the block is the content of a file
 * <!-- terminal: NAME -->    it is run in a terminal of that name, where it goes on running
 * <!-- until: COMMAND -->    it is run as soon as the command ends with 0
 * <!-- shows: NAME -->       its lines appear in that terminal from now on, or without a name, in the last block's output
 * <!-- stop: NAME, NAME -->  ends what runs in terminals; stands alone
 * }</pre>
 *
 * <p>A block of the language sh without a comment is run as it is.
 */
final class TutorialSteps {
    private static final String FENCE = "```";
    private static final Pattern COMMENT = Pattern.compile("<!-- (file|terminal|until|shows|stop)(?:: (.*))? -->");

    private final List<Step> steps = new ArrayList<>();
    private Optional<Step> pending = Optional.empty();

    private TutorialSteps() {}

    /** What is to be done. */
    enum Kind {
        FILE,
        TERMINAL,
        UNTIL,
        SHOWS,
        STOP,
        RUN
    }

    /**
     * A step.
     *
     * @param name of a file or terminals, or a command, by its kind
     * @param text of the block
     */
    record Step(Kind kind, String name, String text) {}

    static List<Step> in(String markdown) {
        TutorialSteps steps = new TutorialSteps();
        steps.read(markdown.lines().toList());
        return steps.steps;
    }

    private void read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                List<String> block = lines.stream()
                        .skip(i + 1)
                        .takeWhile(line -> !line.equals(FENCE))
                        .toList();
                block(lines.get(i).substring(FENCE.length()), String.join("\n", block) + "\n");
                i += block.size() + 1;
            } else {
                comment(lines.get(i));
            }
        }
    }

    private void comment(String line) {
        Matcher matcher = COMMENT.matcher(line);
        if (matcher.matches()) {
            Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
            Step step = new Step(kind, matcher.group(2) == null ? "" : matcher.group(2), "");
            if (kind == Kind.STOP) {
                steps.add(step);
            } else {
                pending = Optional.of(step);
            }
        } else if (!line.isBlank() && pending.isPresent()) {
            throw new IllegalArgumentException("no block follows the comment above: " + line);
        }
    }

    private void block(String language, String text) {
        Step said = pending.orElse(new Step(Kind.RUN, "", ""));
        pending = Optional.empty();
        if (said.kind() != Kind.RUN || language.equals("sh")) {
            steps.add(new Step(said.kind(), said.name(), text));
        }
    }
}
