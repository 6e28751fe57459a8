"""The whole service on one machine: moto for AWS, the shipping template, the real handlers. Never packaged."""
