package main

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
)

// codeDirectory is where the function's code goes, once: a sandbox never gets another.
type codeDirectory struct {
	path string
	has  string // the name of the code that is there; empty before
}

// fill fetches the code where it is not there yet.
func (c *codeDirectory) fill(ctx context.Context, from *emulator, name string) error {
	switch c.has {
	case name:
		return nil
	case "":
	default:
		return errors.New("there is other code already")
	}
	response, err := from.request(ctx, http.MethodGet, "code/"+name, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if err := unpack(response.Body, c.path); err != nil {
		return err
	}
	c.has = name
	return nil
}

type link struct{ path, target string }

type directory struct {
	path string
	mode fs.FileMode
}

// unpack writes a tar into a directory. Nothing gets out of it, by name or by link: links come last, so that no file
// is written through one. Directories get their modes last, so that those that are read-only can be filled.
func unpack(in io.Reader, into string) error {
	var links []link
	var directories []directory
	archive := tar.NewReader(in)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		name := filepath.Clean(header.Name)
		if !filepath.IsLocal(name) {
			return fmt.Errorf("%q leads out of the code's directory", header.Name)
		}
		path, mode := filepath.Join(into, name), fs.FileMode(header.Mode).Perm()
		switch header.Typeflag {
		case tar.TypeDir:
			err = os.MkdirAll(path, 0o755)
			if name != "." {
				directories = append(directories, directory{path, mode})
			}
		case tar.TypeReg:
			err = writeFile(path, archive, mode)
		case tar.TypeSymlink:
			target := header.Linkname
			if filepath.IsAbs(target) || !filepath.IsLocal(filepath.Join(filepath.Dir(name), target)) {
				return fmt.Errorf("link %q leads out of the code's directory", header.Name)
			}
			links = append(links, link{path, target})
		default:
			return fmt.Errorf("%q is neither file, directory nor link", header.Name)
		}
		if err != nil {
			return err
		}
	}
	return finish(links, directories)
}

func writeFile(path string, content io.Reader, mode fs.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err = io.Copy(file, content); err == nil {
		err = file.Chmod(mode)
	}
	return errors.Join(err, file.Close())
}

func finish(links []link, directories []directory) error {
	for _, each := range links {
		if err := os.Symlink(each.target, each.path); err != nil {
			return err
		}
	}
	for i := len(directories) - 1; i >= 0; i-- {
		if err := os.Chmod(directories[i].path, directories[i].mode); err != nil {
			return err
		}
	}
	return nil
}
