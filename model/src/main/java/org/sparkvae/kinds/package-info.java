/**
 * One declaration of a part: the record that describes it, whose components are its settings, with
 * their defaults, ranges and documentation, and whose sealed interface is the list of its kinds.
 *
 * <p>May use nothing of this project.
 */
package org.sparkvae.kinds;
