// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.breach;

/** What the violations of one party amount to. */
enum Verdict {
    /** Too few. */
    NONE,
    /** Many, of which too few services at once need to have lied. */
    ACCUSED,
    /** As many as policy allows nobody. */
    BREACH
}
