// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.util.ArrayList;
import java.util.List;

/** Somebody who answers every question alike. */
final class FakeTerminal implements Terminal {
    private final String answer;
    private final boolean colours;
    private final List<String> questions = new ArrayList<>();

    FakeTerminal(String answer, boolean colours) {
        this.answer = answer;
        this.colours = colours;
    }

    List<String> questions() {
        return questions;
    }

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public boolean hasColours() {
        return colours;
    }

    @Override
    public String ask(String question) {
        questions.add(question);
        return answer;
    }
}
