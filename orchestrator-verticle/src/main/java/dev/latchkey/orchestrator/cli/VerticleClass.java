// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.Deployable;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/** Finds the class of a verticle before a node is started for it. */
final class VerticleClass {
    private VerticleClass() {}

    /**
     * Loads the class.
     *
     * @throws IllegalArgumentException when there is none of that name, or it is none that can be deployed
     */
    static Class<? extends Deployable> load(String name) {
        Class<?> found = find(name);
        if (!Deployable.class.isAssignableFrom(found) || Modifier.isAbstract(found.getModifiers())) {
            throw refused(name, "is no verticle; extend SecureVerticle or VerticleBase");
        }
        if (!isPublic(found)) {
            throw refused(name, "cannot be made; give it, and make public, a constructor without parameters");
        }
        return found.asSubclass(Deployable.class);
    }

    private static Class<?> find(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw refused(name, "is not on the class path; put its jar on LATCHKEY_CLASSPATH or correct the name");
        } catch (LinkageError e) {
            throw refused(name, "cannot be loaded (" + e + "); put the jars that it needs on LATCHKEY_CLASSPATH");
        }
    }

    private static boolean isPublic(Class<?> verticle) {
        return Modifier.isPublic(verticle.getModifiers())
                && Arrays.stream(verticle.getConstructors()).anyMatch(made -> made.getParameterCount() == 0);
    }

    private static IllegalArgumentException refused(String name, String problem) {
        return new IllegalArgumentException("class " + name + " " + problem);
    }
}
