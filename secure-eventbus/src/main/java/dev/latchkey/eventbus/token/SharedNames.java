// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import com.github.benmanes.caffeine.cache.Interner;
import java.util.List;

/**
 * Names that many tokens have in common, once each: a provider holds a token for each of its callers, and all of them are of few services,
 * operations and addresses. Forgotten when nothing names them any more. Thread-safe.
 */
final class SharedNames {
    private static final Interner<List<String>> LISTS = Interner.newWeakInterner();

    private SharedNames() {}

    static String of(String name) {
        return name.intern();
    }

    /** An unmodifiable list of the same names. */
    static List<String> of(List<String> names) {
        return LISTS.intern(names.stream().map(SharedNames::of).toList());
    }
}
