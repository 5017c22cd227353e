"""Files parsed where they can do no harm: in a process of their own, with limits of memory and time."""
