// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says what is wrong with a file. Java's own texts are often no more than its path. */
final class FileProblem {
    private FileProblem() {}

    /** The file, the problem and the fix. */
    static String of(IOException problem) {
        String file = problem.getMessage();
        if (problem instanceof NoSuchFileException) {
            return file + " does not exist; create it or correct the path";
        }
        if (problem instanceof AccessDeniedException) {
            return file + " may not be read or written; check its permissions and owner";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return file + " exists already; remove it or choose another path";
        }
        if (problem instanceof NotDirectoryException) {
            return file + " is no folder; choose another path";
        }
        return file + "; give the path of a file that can be read and written";
    }
}
