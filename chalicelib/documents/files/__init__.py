"""From the bytes of an upload to the upright pictures of its pages: what is let in, opened, turned, and hinted at."""
