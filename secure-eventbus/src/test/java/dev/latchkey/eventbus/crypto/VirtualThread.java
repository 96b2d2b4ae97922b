// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.lang.reflect.Method;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs something on a virtual thread, where the JVM has them: by reflection, as tests are compiled for Java 17. */
final class VirtualThread {
    private VirtualThread() {}

    /** What may fail. */
    interface Action {
        void run() throws Exception;
    }

    static boolean areThere() {
        return Runtime.version().feature() >= 21;
    }

    /** Done when the action is. */
    static void run(Action action) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            assertVirtual();
            action.run();
            return null;
        });
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        start.invoke(null, task);
        task.get(10, TimeUnit.SECONDS);
    }

    private static void assertVirtual() {
        if (!VirtualThreads.isCurrent()) {
            throw new AssertionError("this is no virtual thread");
        }
    }
}
