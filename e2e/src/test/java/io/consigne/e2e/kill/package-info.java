/**
 * A host that is killed in the middle of its work. Clients change what they have on it and keep a
 * model of it; after each kill the host must have what the model has, and of each change that was
 * not answered all or nothing.
 */
@NullMarked
package io.consigne.e2e.kill;

import org.jspecify.annotations.NullMarked;
