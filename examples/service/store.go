package main

import (
	"errors"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
)

var errNotFound = errors.New("no such link")

var bucket = []byte("links")

// Store keeps which address a short name stands for, in one file.
type Store struct {
	db *bbolt.DB
}

func openStore(file string) (*Store, error) {
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{Timeout: time.Second})
	if err != nil {
		return nil, err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucketIfNotExists(bucket)
		return err
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db: db}, nil
}

// Add gives address a new short name.
func (s *Store) Add(address string) (name string, err error) {
	err = s.db.Update(func(tx *bbolt.Tx) error {
		links := tx.Bucket(bucket)
		number, err := links.NextSequence()
		if err != nil {
			return err
		}
		name = strconv.FormatUint(number, 36)
		return links.Put([]byte(name), []byte(address))
	})
	return name, err
}

// Find gives the address behind a short name, or errNotFound.
func (s *Store) Find(name string) (address string, err error) {
	err = s.db.View(func(tx *bbolt.Tx) error {
		value := tx.Bucket(bucket).Get([]byte(name))
		if value == nil {
			return errNotFound
		}
		address = string(value)
		return nil
	})
	return address, err
}

func (s *Store) Close() error { return s.db.Close() }
