// SPDX-License-Identifier: Apache-2.0
/**
 * What the risk service of the demo does: it turns {@link dev.latchkey.examples.imaging.ImageFacts} into a score with
 * reasons, by rules that a file sets. Nothing here knows of the bus.
 */
@NullMarked
package dev.latchkey.examples.risk;

import org.jspecify.annotations.NullMarked;
