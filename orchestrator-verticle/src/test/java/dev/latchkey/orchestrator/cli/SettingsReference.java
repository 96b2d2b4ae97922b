// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the reference of all settings out of the comments of an annotated file. */
final class SettingsReference {
    private static final Pattern SETTING = Pattern.compile("( *)(# )?([A-Za-z][\\w/.*-]*):(?: +(.*?))?( +#.*)?");
    private static final Pattern COMMENTED = Pattern.compile(" *# [a-z]\\w*: \\S+");
    private static final Pattern VALUE = Pattern.compile("(\\w+) {2,}(.*)");
    private static final Pattern COMMENT = Pattern.compile(" *# ?( *)(.*)");

    private final SettingsFile file;
    private final List<String> comment = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private String preface = "";
    private boolean inValues;

    private record Row(String example, String meaning) {}

    private SettingsReference(SettingsFile file) {
        this.file = file;
    }

    /** The section about one file, in Markdown. */
    static String of(SettingsFile file) throws IOException {
        SettingsReference reference = new SettingsReference(file);
        Files.readAllLines(file.path()).forEach(reference::read);
        return reference.markdown();
    }

    private void read(String line) {
        Matcher setting = SETTING.matcher(line);
        if (line.isBlank()) {
            blank();
        } else if (setting.matches()
                && (setting.group(2) == null || COMMENTED.matcher(line).matches())) {
            setting(setting);
        } else {
            comment(line);
        }
    }

    /** Values of a setting stand indented, one in a line, with their meaning after some blanks. */
    private void comment(String line) {
        Matcher text = COMMENT.matcher(line);
        if (text.matches() && line.strip().startsWith("#")) {
            boolean indented = text.group(1).length() > 1;
            Matcher value = VALUE.matcher(text.group(2));
            if (indented && value.matches()) {
                comment.add("<br>`" + value.group(1) + "`: " + value.group(2));
            } else {
                comment.add((inValues && !indented ? "<br>" : "") + text.group(2));
            }
            inValues = indented;
        }
    }

    /** A comment that no setting follows at once is about the whole file. */
    private void blank() {
        if (!comment.isEmpty()) {
            preface = preface
                    + (preface.isEmpty() ? "" : "\n\n")
                    + String.join("\n", comment).replace("<br>", "");
            comment.clear();
        }
    }

    private void setting(Matcher setting) {
        int depth = setting.group(1).length() / 2;
        while (path.size() > depth) {
            path.remove(path.size() - 1);
        }
        path.add(setting.group(3));
        String example = setting.group(4) == null ? "" : setting.group(4);
        String meaning = comment.stream().map(SettingsReference::cell).collect(Collectors.joining(" "));
        comment.clear();
        String general = file.general(path);
        boolean chosen = general.endsWith("NAME") && meaning.isEmpty();
        if (!chosen && (!meaning.isEmpty() || !rows.containsKey(general))) {
            rows.merge(
                    general,
                    new Row(cell(example), meaning),
                    (old, fresh) -> old.meaning().isEmpty() ? fresh : old);
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*");
    }

    private String markdown() {
        StringBuilder markdown = new StringBuilder();
        markdown.append("## ")
                .append(file.title())
                .append("\n\n")
                .append(preface)
                .append("\n\n");
        markdown.append("| Setting | Example | Meaning |\n| --- | --- | --- |\n");
        rows.forEach((name, row) -> markdown.append("| `")
                .append(name)
                .append("` | ")
                .append(row.example().isEmpty() ? "" : "`" + row.example().replace("\\*", "*") + "`")
                .append(" | ")
                .append(row.meaning())
                .append(" |\n"));
        return markdown.toString();
    }
}
