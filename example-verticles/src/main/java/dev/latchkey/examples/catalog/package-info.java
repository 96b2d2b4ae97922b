// SPDX-License-Identifier: Apache-2.0
/**
 * A product catalogue that is called through a proxy which vertx-codegen generates, over a secured address.
 *
 * <p>Neither the interface nor its implementation knows of Latchkey, and the generated code is what it always was: all that
 * differs is the {@code Vertx} that the binder and the proxy are given.
 */
@NullMarked
@ModuleGen(name = "latchkey-examples-catalog", groupPackage = "dev.latchkey.examples.catalog")
package dev.latchkey.examples.catalog;

import io.vertx.codegen.annotations.ModuleGen;
import org.jspecify.annotations.NullMarked;
