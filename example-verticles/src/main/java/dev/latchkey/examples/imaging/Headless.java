// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/** ImageIO needs no screen, yet the JDK looks for one unless it is told not to. */
final class Headless {

    private Headless() {}

    static void ensure() {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }
}
