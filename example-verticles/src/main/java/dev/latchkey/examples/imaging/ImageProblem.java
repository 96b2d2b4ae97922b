// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/**
 * A file that {@link ImageFolder} left out.
 *
 * @param fileName its name, fit to be printed
 * @param reason why, in a few words
 */
public record ImageProblem(String fileName, String reason) {}
