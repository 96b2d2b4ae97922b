// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

/**
 * One thing that is wrong with a file.
 *
 * @param line counted from 1, or 0 if it concerns the file as a whole
 * @param path the key, such as {@code services.image}, or empty if it concerns no key
 * @param text reads {@code <problem>; <fix>}
 */
record Problem(int line, String path, String text) {

    /** The whole line for the operator; what could forge or hide a line of a log is written as an escape. */
    String describe(Object file) {
        String place = line > 0 ? file + ":" + line + ": " : file + ": ";
        return Quote.escape(path.isEmpty() ? place + text : place + path + ": " + text);
    }
}
