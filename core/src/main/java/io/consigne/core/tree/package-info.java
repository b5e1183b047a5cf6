/** The folders and files of an account. */
@NullMarked
package io.consigne.core.tree;

import org.jspecify.annotations.NullMarked;
