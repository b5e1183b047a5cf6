/** The host without any protocol: everything that it can do, over a database and a blob store. */
@NullMarked
package io.consigne.core;

import org.jspecify.annotations.NullMarked;
